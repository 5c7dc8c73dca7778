<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.0-Białowieża" styleCategories="Symbology|Fields">
  <renderer-v2 type="RuleRenderer" symbollevels="0" enableorderby="0" forceraster="0">
    <rules key="{7f5a1c00-0000-4000-8000-000000000000}">
      <rule key="{7f5a1c00-0000-4000-8000-000000000003}" symbol="3" label="缺失/严重失养" filter="{counted} AND {worst} = 3"/>
      <rule key="{7f5a1c00-0000-4000-8000-000000000002}" symbol="2" label="破损/故障频繁" filter="{counted} AND {worst} = 2"/>
      <rule key="{7f5a1c00-0000-4000-8000-000000000001}" symbol="1" label="老化" filter="{counted} AND {worst} = 1"/>
      <rule key="{7f5a1c00-0000-4000-8000-00000000000a}" symbol="0" label="完好" filter="{counted} AND {worst} = 0"/>
      <rule key="{7f5a1c00-0000-4000-8000-00000000000b}" symbol="4" label="水电路气未查" filter="{counted} AND {worst} = -1"/>
      <rule key="{7f5a1c00-0000-4000-8000-00000000000c}" symbol="5" label="已合并、属于另一小区或已撤出" filter="NOT ({counted})"/>
    </rules>
    <symbols>
      <symbol type="fill" name="0" alpha="0.75" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleFill" enabled="1" locked="0" pass="0">
          <prop k="color" v="255,247,188,255"/>
          <prop k="style" v="solid"/>
          <prop k="outline_color" v="90,70,40,255"/>
          <prop k="outline_style" v="solid"/>
          <prop k="outline_width" v="0.3"/>
          <prop k="outline_width_unit" v="MM"/>
        </layer>
      </symbol>
      <symbol type="fill" name="1" alpha="0.75" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleFill" enabled="1" locked="0" pass="0">
          <prop k="color" v="254,196,79,255"/>
          <prop k="style" v="solid"/>
          <prop k="outline_color" v="90,70,40,255"/>
          <prop k="outline_style" v="solid"/>
          <prop k="outline_width" v="0.3"/>
          <prop k="outline_width_unit" v="MM"/>
        </layer>
      </symbol>
      <symbol type="fill" name="2" alpha="0.75" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleFill" enabled="1" locked="0" pass="0">
          <prop k="color" v="217,95,14,255"/>
          <prop k="style" v="solid"/>
          <prop k="outline_color" v="90,70,40,255"/>
          <prop k="outline_style" v="solid"/>
          <prop k="outline_width" v="0.3"/>
          <prop k="outline_width_unit" v="MM"/>
        </layer>
      </symbol>
      <symbol type="fill" name="3" alpha="0.75" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleFill" enabled="1" locked="0" pass="0">
          <prop k="color" v="127,39,4,255"/>
          <prop k="style" v="solid"/>
          <prop k="outline_color" v="60,20,0,255"/>
          <prop k="outline_style" v="solid"/>
          <prop k="outline_width" v="0.3"/>
          <prop k="outline_width_unit" v="MM"/>
        </layer>
      </symbol>
      <symbol type="fill" name="4" alpha="1" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleFill" enabled="1" locked="0" pass="0">
          <prop k="color" v="140,140,140,255"/>
          <prop k="style" v="b_diagonal"/>
          <prop k="outline_color" v="110,110,110,255"/>
          <prop k="outline_style" v="solid"/>
          <prop k="outline_width" v="0.3"/>
          <prop k="outline_width_unit" v="MM"/>
        </layer>
      </symbol>
      <symbol type="fill" name="5" alpha="0.35" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleFill" enabled="1" locked="0" pass="0">
          <prop k="color" v="200,200,200,255"/>
          <prop k="style" v="no"/>
          <prop k="outline_color" v="130,130,130,255"/>
          <prop k="outline_style" v="dash"/>
          <prop k="outline_width" v="0.2"/>
          <prop k="outline_width_unit" v="MM"/>
        </layer>
      </symbol>
    </symbols>
  </renderer-v2>
  <defaults>
    <default field="uuid" expression="uuid('WithoutBraces')" applyOnUpdate="0"/>
  </defaults>
</qgis>
